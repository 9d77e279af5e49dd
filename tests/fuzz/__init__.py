"""Coverage-guided fuzzing of the readers of bank files: ``python -m tests.fuzz --seconds 60``.

Each reader gets whatever bytes atheris (libFuzzer) finds to reach new lines of it, from the samples and true files of
every format onwards. Allowed are a `Statement` that ties and a `BankFileError` that shows no long number; a finding is
anything else: another exception, more than five seconds, more than 500 MB.
"""
