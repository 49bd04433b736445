"""Reading and labelling HTML."""  # noqa: A005
