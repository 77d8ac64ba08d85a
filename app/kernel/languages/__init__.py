"""The words of the product in its four languages, and how a language shows numbers, days and foreign runs.

Every sentence lives in `app/translations/words/*.csv` under a key; `tools/catalogues.py` compiles them to gettext
catalogues whose context is the key. In Python `t` answers plain text with each value between U+2068 and U+2069; in a
template `t` answers markup with each value in `<bdi>`, which turns into plain text inside an attribute, a title or an
option. `t.plain` and `t.page` say which is meant. A form's label is `t.lazy`, which waits for its reader.
"""

from app.kernel.languages.formats import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Language,
    bdi,
    isolate,
    ltr,
    pick,
)
from app.kernel.languages.pages import init_app, language_links
from app.kernel.languages.sentences import (
    ago,
    date_range,
    file_size,
    format_date,
    format_datetime,
    list_join,
    months,
    page_list_join,
    time_range,
)
from app.kernel.languages.words import (
    Lazy,
    UnknownWord,
    current_language,
    direction,
    preferred_language,
    speaking,
    t,
    text_attrs,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "Language",
    "Lazy",
    "UnknownWord",
    "ago",
    "bdi",
    "current_language",
    "date_range",
    "direction",
    "file_size",
    "format_date",
    "format_datetime",
    "init_app",
    "isolate",
    "language_links",
    "list_join",
    "ltr",
    "months",
    "page_list_join",
    "pick",
    "preferred_language",
    "speaking",
    "t",
    "text_attrs",
    "time_range",
]
