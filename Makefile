.PHONY: install demo serve serve-own test check bench

install demo serve serve-own test check bench:
	@python3 start.py $@
