"""The organisers' pages: settings, agenda, workshops, documents, programme."""
