import json
from pathlib import Path

SITENAME = "Benchmark"
PATH = "content"
OUTPUT_PATH = "output/"
THEME = "theme"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_PATHS = [""]
PAGE_PATHS = []
STATIC_PATHS = []
SLUGIFY_SOURCE = "basename"
ARTICLE_TRANSLATION_ID = None
ARTICLE_SAVE_AS = ARTICLE_URL = "partnerships/{category}/{slug}/index.html"
CATEGORY_SAVE_AS = CATEGORY_URL = "partnerships/{slug}/index.html"
AUTHOR_SAVE_AS = TAG_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
DEFAULT_PAGINATION = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extension_configs": {"markdown.extensions.meta": {}, "markdown.extensions.tables": {}}}
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
JINJA_GLOBALS = {"PLANS": {path.stem: json.loads(path.read_text()) for path in Path("plans").iterdir()}}
