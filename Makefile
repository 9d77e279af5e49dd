.PHONY: install demo serve serve-own test check audit bench

install demo serve serve-own test check audit bench:
	@python3 start.py $@
