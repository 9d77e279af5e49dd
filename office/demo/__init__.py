"""An invented group, its supporters and a year of transfers, made from a seed: nobody here exists."""
