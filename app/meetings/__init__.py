"""The programme and its meetings: phases, agenda, rooms, workshops, documents, streams."""
