"""What is held about the users of the program, also in the tables of the sign-in library."""

from django.utils.translation import gettext_lazy as _

from privacy.personal_columns import UNTIL_SIGN_OUT, USER, WHILE_A_USER, Held, Table, columns

SIGNING_IN = Held(_("決まった人だけが使えるようにするため"), WHILE_A_USER)
MAIL_ADDRESS = Held(_("利用者に知らせを送るため(いまは使っていません)"), WHILE_A_USER)

TABLES = (
    Table(
        "accounts.User",
        whose=USER,
        personal={
            **dict.fromkeys(columns("username password last_login date_joined"), SIGNING_IN),
            "email": MAIL_ADDRESS,
        },
        plain=columns("id is_superuser is_staff is_active"),
    ),
    Table(
        "accounts.RoleGrant",
        whose=USER,
        personal={"role": Held(_("仕事に要るものだけを見られるようにするため"), WHILE_A_USER)},
        plain=columns("id user"),
    ),
    Table(
        "account.EmailAddress",
        whose=USER,
        personal={"email": MAIL_ADDRESS},
        plain=columns("id user verified primary"),
    ),
    Table("account.EmailConfirmation", whose=USER, plain=columns("id email_address created sent key")),
    Table(
        "mfa.Authenticator",
        whose=USER,
        personal=dict.fromkeys(columns("type data last_used_at"), Held(_("2つ目の鍵で、本人か確かめるため"), WHILE_A_USER)),
        plain=columns("id user created_at"),
    ),
    Table(
        "sessions.Session",
        whose=USER,
        personal={"session_data": Held(_("サインインしていることを覚えるため"), UNTIL_SIGN_OUT)},
        plain=columns("session_key expire_date"),
    ),
)
