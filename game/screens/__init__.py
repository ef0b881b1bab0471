"""The screens, one per module, imported when first shown."""
