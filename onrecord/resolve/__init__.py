"""resolve: Reading + candidates → Judgements. Pure: no clock, no network, no database."""
