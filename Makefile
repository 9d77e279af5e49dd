.PHONY: install demo serve serve-own test test-postgres check canary audit bench

install demo serve serve-own test test-postgres check canary audit bench:
	@python3 start.py $@
