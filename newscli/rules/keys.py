"""The front-matter keys that site generators and their usual themes read, and what other programs call them."""

KNOWN = frozenset(
    """
    abstract aliases alias alt amp archived art audience audio author author_profile authors background banner
    banner_image bibliography body breadcrumb buildDate byline canonical canonical_url caption card cascade
    categories category cover cover_image comment comments content copyright created css custom_js date date_created
    date_modified deck description disable disableComments disqus_identifier draft email enable end_date event
    excerpt excerpt_separator expiryDate external_link external_url featured featured_image feed file format gallery
    guid header headless hero hide hidden home icon id image images img index intro isCJKLanguage issue itemprop key
    keywords kicker kind lang language last_modified last_modified_at lastmod layout lead license link links
    linkTitle linktitle list listed locale location logo main markup math mathjax media menu meta modified name nav
    nav_order navigation news next noindex number order original outputs owner pagination paginate parent path
    permalink photo photos pin pinned place poster preview prev previous print priority private product project
    promo pubdate publishDate published published_at publisher rating redirect redirect_from redirect_to references
    related relatedposts release resources review robots role rss schema score script scripts search section seo
    sequence series share short show sidebar site sitemap slug social sort source source_link source_title
    source_url split sticky style styles subject subtitle summary tag tagline tags taxonomies teaser template text
    theme thumb thumbnail time timestamp title title_en toc toc_sticky topic topics translationKey translator
    translators twitter type uid unlisted updated updated_at url uuid version video videos view visibility visible
    weight widgets width word words wordcount year
    """.split()
)
"""Keys that are taken for what they are."""
OF_ASTRO = frozenset(
    "pubDate pubDatetime publishDate updatedDate modDatetime lastUpdated heroImage coverImage ogImage canonicalURL "
    "tableOfContents editUrl pagefind timezone hideEditPost".split()
)
"""Keys of Astro's starters and common themes, whose letters count."""
CORE = ("title", "date", "layout", "tags", "categories", "author", "description", "permalink", "published", "excerpt")
"""Keys whose slips are looked for."""
FOREIGN = {
    "pubDate": "date",
    "pubdate": "date",
    "publish_date": "date",
    "publishdate": "date",
    "published_date": "date",
    "datePublished": "date",
    "post_date": "date",
    "categorys": "categories",
    "catagories": "categories",
    "catagory": "category",
    "keyword": "keywords",
    "post_title": "title",
    "headline": "title",
    "post_tag": "tags",
    "perma_link": "permalink",
}
"""What other programs call a key, and how it is called here."""


def is_near(key: str, known: str) -> bool:
    """Whether a key is a slip of a known one: a letter wrong, missing, doubled, or two swapped; no mere plural."""
    if key == known or abs(len(key) - len(known)) > 1 or len(key) < 4 or key[0] != known[0]:
        return False
    if key + "s" == known or known + "s" == key:
        return False
    start = next(
        (place for place, (a, b) in enumerate(zip(key, known, strict=False)) if a != b), min(len(key), len(known))
    )
    a, b = key[start:], known[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
