"""Bodies: regions, provinces, communes, directorates, partners; their aliases; days off."""
