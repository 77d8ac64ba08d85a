"""Paper makers that know no domain: QR codes, calendars, spreadsheets, PDF and Word documents.

Every function is pure: words and values come in, bytes go out. Nothing here reads the database, the request or the
network.
"""
