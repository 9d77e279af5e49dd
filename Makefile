.PHONY: install demo serve test check bench

install demo serve test check bench:
	@python3 start.py $@
