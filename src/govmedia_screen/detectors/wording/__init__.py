"""The proof-reader: 第十二条, one module per kind of slip.

Listed words (规范表述、错别字、法律名称、文风) are found by the keyword detector; here is what a list cannot say.
"""
