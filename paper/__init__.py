"""Everything that becomes paper: the only room that imports WeasyPrint. It knows no supporter, no receipt row and no network."""
