"""Makes ftm_model.json of the installed followthemoney: python tests/export/make_ftm_model.py"""

from __future__ import annotations

import json
from pathlib import Path

SCHEMATA = [
    "Article",
    "Person",
    "Organization",
    "PublicBody",
    "Company",
    "LegalEntity",
    "Mention",
    "Documentation",
    "Note",
    "Event",
]
PROPERTIES = [
    "title",
    "fileName",
    "author",
    "bodyText",
    "sourceUrl",
    "publishedAt",
    "retrievedAt",
    "language",
    "publisher",
    "publisherUrl",
    "mimeType",
    "crawler",
    "processingAgent",
    "processedAt",
    "keywords",
    "notes",
    "name",
    "alias",
    "country",
    "position",
    "classification",
    "document",
    "resolved",
    "detectedSchema",
    "contextCountry",
    "entity",
    "role",
    "date",
    "recordId",
    "description",
    "proof",
    "summary",
    "createdAt",
    "location",
    "organizer",
    "involved",
]

if __name__ == "__main__":
    import followthemoney
    from followthemoney import model

    table = {
        name: {
            "is": sorted(s.name for s in model.get(name).schemata),
            "required": sorted(model.get(name).required),
            "properties": {
                p.name: f"{p.type.name}:{p.range.name}" if p.range else p.type.name
                for p in sorted(model.get(name).properties.values(), key=lambda p: p.name)
                if p.name in PROPERTIES
            },
        }
        for name in SCHEMATA
    }
    made = {"from": f"followthemoney {followthemoney.__version__} (MIT), the schemata and properties that the export uses", "schemata": table}  # fmt: skip
    Path(__file__).with_name("ftm_model.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
