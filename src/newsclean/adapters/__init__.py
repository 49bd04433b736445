"""newsclean inside other people's pipelines: a few lines each over the kernel. See ``docs/batch.md``."""
