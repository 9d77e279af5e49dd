.PHONY: install demo serve serve-own test test-postgres check audit bench

install demo serve serve-own test test-postgres check audit bench:
	@python3 start.py $@
