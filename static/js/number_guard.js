// Asks once before twelve digits that look like a My Number leave this browser. The server decides; this only asks sooner.
"use strict";
(() => {
  const DIGITS = ["0〇零○◯⓪", "1一壱①", "2二弐②", "3三参③", "4四肆④", "5五伍⑤", "6六陸⑥", "7七漆⑦", "8八捌⑧", "9九玖⑨"];
  const VALUE = new Map(DIGITS.flatMap((signs, value) => [...signs].map((sign) => [sign, String(value)])));
  const HYPHENS = /[\u2010-\u2015\u2043\u2212\u02d7\ufe63\uff0d\u30fc\uff70\u2500\u2501]/g;
  const TWELVE = /[0-9](?:[-. ・_|/]{0,3}[0-9]){11}/g;
  const LABEL = /(?:マイナンバ-?|個人番号|mynumber)[^0-9A-Za-z\u3040-\u9fff]{0,4}[はがの]?[^0-9A-Za-z\u3040-\u9fff]{0,4}$/i;
  const OTHER = /(?:番号|ナンバ-?|コ-ド|追跡|口座|振替|運輸|ヤマト|佐川|急便|パック|荷物|伝票|送り状|書留|郵便|No\.?|ID|code|number|#)[^0-9A-Za-z\u3040-\u9fff]{0,4}[はがの]?[^0-9A-Za-z\u3040-\u9fff]{0,4}$/i;
  const MONEY = /^ ?(?:円|億|万|兆|ドル|%)/;
  const WEIGHTS = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

  // Width, digits and hyphens made one; signs that nobody sees taken out.
  function plain(text) {
    const seen = text.replace(/\p{Cf}/gu, "").replace(/[〇零○◯⓪一壱①二弐②三参③四肆④五伍⑤六陸⑥七漆⑦八捌⑧九玖⑨]/g, (sign) => VALUE.get(sign));
    return seen.normalize("NFKC").replace(HYPHENS, "-").replace(/\s/g, " ");
  }

  function passes(digits) {
    const rest = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11;
    return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest);
  }

  // A filler, a moment (YYYYMMDD…, YYMMDDhhmm…), a call from abroad.
  function isOther(digits) {
    const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)];
    const isDay = (m, d) => m >= "01" && m <= "12" && d >= "01" && d <= "31";
    return new Set(digits).size < 3 || digits.startsWith("0000") || digits.includes("000000")
      || (year >= "1900" && year <= "2099" && isDay(month, day))
      || (digits.slice(0, 2) <= "40" && isDay(digits.slice(2, 4), digits.slice(4, 6)))
      || /^81[5789]0/.test(digits);
  }

  // Three years, round amounts or steps; a year with its day.
  function isSeries(match) {
    const groups = match.split(/[^0-9]+/).map(Number);
    if (groups.length !== 3) { return false; }
    return groups[1] - groups[0] === groups[2] - groups[1] || groups.every((group) => group % 100 === 0)
      || (groups[0] >= 1900 && groups[0] <= 2099);
  }

  // In one row, 4-4-4 or one digit a box, with the same sign everywhere and no further digit joined on.
  function standsAlone(text, start, match) {
    const groups = match.split(/[^0-9]+/);
    const signs = new Set(match.split(/[0-9]+/).slice(1, -1));
    const sizes = groups.map((group) => group.length).join("");
    if (!["12", "444", "111111111111"].includes(sizes) || signs.size > 1) { return false; }
    const sign = [...signs][0] ?? "";
    const before = text.slice(0, start), after = text.slice(start + match.length);
    const joined = (piece) => piece !== "" && /[0-9]/.test(piece);
    const beside = [before.slice(-sign.length - 1), after.slice(0, sign.length + 1)];
    return !/[0-9A-Za-z]-?$/.test(before) && !/^-?[0-9A-Za-z]/.test(after)
      && !(sign !== "" && ((beside[0].endsWith(sign) && joined(beside[0])) || (beside[1].startsWith(sign) && joined(beside[1]))));
  }

  function finds(typed) {
    const text = plain(typed);
    TWELVE.lastIndex = 0;
    for (let match = TWELVE.exec(text); match !== null; match = TWELVE.exec(text)) {
      const digits = match[0].replace(/[^0-9]/g, "");
      const before = text.slice(Math.max(0, match.index - 24), match.index);
      if (standsAlone(text, match.index, match[0])) {
        if (LABEL.test(before) && new Set(digits).size > 2 && !/法人\S*$/.test(before)) { return true; }
        const after = text.slice(match.index + match[0].length);
        if (passes(digits) && !isOther(digits) && !isSeries(match[0]) && !OTHER.test(before) && !MONEY.test(after) && !/[¥$+] ?$/.test(before)) { return true; }
      }
      TWELVE.lastIndex = match.index + 1;
    }
    return false;
  }

  const asked = new WeakMap();
  const TYPED = "textarea, input:not([type]), input[type=text], input[type=search], input[type=email], input[type=tel], input[type=url]";

  function nameOf(field) {
    const label = field.labels?.[0]?.cloneNode(true);
    label?.querySelectorAll(".optional").forEach((part) => part.remove());
    return label?.textContent.trim() || field.getAttribute("aria-label") || "この欄";
  }

  function forget(field) {
    const id = `${field.id || field.name}_number`;
    document.getElementById(id)?.remove();
    field.removeAttribute("aria-invalid");
    return id;
  }

  function ask(field) {
    const said = document.createElement("p");
    said.id = forget(field);
    said.className = "errorlist";
    said.setAttribute("role", "alert");
    said.textContent = `「${nameOf(field)}」に、マイナンバーらしい12けたの番号があります。まだ送っていません。番号を消してください。`
      + "追跡番号などのときは、番号のすぐ前に「追跡番号」と書くか、もう一度ボタンを押してください。";
    field.before(said);
    field.setAttribute("aria-invalid", "true");
    const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)).add(said.id);
    field.setAttribute("aria-describedby", [...described].join(" "));
    asked.set(field, field.value);
    field.addEventListener("input", () => forget(field), { once: true });
  }

  document.addEventListener("submit", (event) => {
    const doubtful = [...event.target.querySelectorAll(TYPED)].filter((field) => asked.get(field) !== field.value && finds(field.value));
    if (doubtful.length === 0) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    doubtful.forEach(ask);
    doubtful[0].focus();
  }, true);

  window.numberGuard = { finds };
})();
