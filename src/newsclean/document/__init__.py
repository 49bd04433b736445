"""The data everything else speaks: roles, blocks, labels, the document and the article."""
