"""How the shipped model was made: data → train → export. See docs/models/attributions.md."""
