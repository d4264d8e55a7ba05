"""Course -> notebooks and notes. Pure: no file, no clock, no chance, so that equal sources give equal bytes."""
