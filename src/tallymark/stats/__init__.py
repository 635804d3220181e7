"""Statistics of small counts: plain numbers in, named tuples out.

The only importer of scipy and statsmodels. An interval here is chance variation in
recorded counts; it says nothing of what was not recorded.
"""
