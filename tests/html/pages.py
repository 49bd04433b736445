"""Pages of the tests, all written for them: news in five languages in markup as newsrooms use it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

__all__ = ["PAGES", "NewsPage"]


@dataclass(frozen=True)
class NewsPage:
    """A page, and what a reader would call its article."""

    language: str
    title: str
    lead: str
    author: str
    stamp: str
    body: tuple[str, ...]
    caption: str
    furniture: tuple[str, ...]
    menu: tuple[str, ...]

    @property
    def html(self) -> str:
        """The page as an HTML document with a menu, an aside, comments and a footer around the article."""
        direction = ' dir="rtl"' if self.language == "ar" else ""
        menu = "".join(f'<li class="nav-item"><a href="/{n}">{escape(m)}</a></li>' for n, m in enumerate(self.menu))
        related, newsletter, comment, footer = self.furniture
        paragraphs = "".join(f"<p>{escape(text)}</p>" for text in self.body)
        return f"""<!DOCTYPE html>
<html lang="{self.language}"{direction}><head><meta charset="utf-8"><title>{escape(self.title)} | Harbour Courier</title>
<meta property="og:title" content="{escape(self.title)}"><meta property="og:type" content="article">
<meta name="description" content="{escape(self.lead)}">
<script>var page = {{"kind": "article", "text": "<p>not shown</p>"}};</script><style>p {{ margin: 0 }}</style></head>
<body class="single single-post"><header class="site-header"><nav class="main-nav"><ul class="menu">{menu}</ul></nav></header>
<main id="content"><article class="post"><h1 class="entry-title">{escape(self.title)}</h1>
<p class="standfirst">{escape(self.lead)}</p>
<div class="meta"><span class="byline"><a rel="author" href="/a">{escape(self.author)}</a></span>
<time datetime="{self.stamp}">{self.stamp[:10]}</time></div>
<figure class="hero"><img src="https://img.example/1.jpg" alt=""><figcaption>{escape(self.caption)}</figcaption></figure>
<div class="share-buttons"><a href="#">Facebook</a> <a href="#">WhatsApp</a></div>
<div class="entry-content">{paragraphs}</div>
<aside class="related-posts"><h3>{escape(related)}</h3><ul><li><a href="/x">{escape(self.menu[0])} 24</a></li>
<li><a href="/y">{escape(self.menu[1])} 25</a></li></ul></aside></article>
<section id="comments" class="comments-area"><h2>3</h2><ol class="comment-list"><li class="comment"><p>{escape(comment)}</p>
</li></ol></section></main>
<div class="newsletter-signup"><p>{escape(newsletter)}</p><form><input type="email"><button>OK</button></form></div>
<footer class="site-footer"><p>{escape(footer)}</p></footer></body></html>"""


PAGES = (
    NewsPage(
        "en",
        "Ferry service returns to the northern islands after nine years",
        "The first boat left on Monday morning with forty passengers, two tractors and a school choir.",
        "Ines Holloway",
        "2025-03-10T07:45:00+00:00",
        (
            "The regional council restored the ferry line on Monday, nine years after the last crossing was cancelled for lack of money.",
            "Forty passengers boarded in the dark, among them a school choir that sang on the upper deck until the wind became too strong.",
            "“We stopped believing in it some winters ago,” said Margaret Pell, who runs the only shop on the larger island and had come to meet the boat.",
            "The council pays for three crossings a week until the end of next year; after that, an operator has to be found who needs less help.",
            "Fares start at four pounds, and residents travel free on the first Monday of every month.",
        ),
        "The ferry at the pier on Monday. Photo: Harbour Courier",
        (
            "More from the islands",
            "Get our morning briefing by e-mail.",
            "Finally some good news, my aunt cried.",
            "© Harbour Courier. All rights reserved.",
        ),
        ("Home", "Politics", "Business", "Sport", "Weather"),
    ),
    NewsPage(
        "ar",
        "عودة العبّارة إلى الجزر الشمالية بعد تسع سنوات من التوقف",
        "غادرت الرحلة الأولى صباح الاثنين وعلى متنها أربعون راكبا وجراران وجوقة مدرسية.",
        "سلمى الحداد",
        "2025-03-10T07:45:00+03:00",
        (
            "أعاد المجلس المحلي تشغيل خط العبّارة يوم الاثنين، بعد تسع سنوات من إلغاء آخر رحلة بسبب نقص التمويل.",
            "وصعد أربعون راكبا إلى السفينة قبل طلوع الفجر، وكان بينهم جوقة مدرسية غنّت على السطح العلوي حتى اشتدت الريح.",
            'وقالت مريم العلي، التي تدير المتجر الوحيد في الجزيرة الكبرى: "كنا قد توقفنا عن التصديق منذ شتاءات عدة".',
            "ويدفع المجلس كلفة ثلاث رحلات في الأسبوع حتى نهاية العام المقبل، ثم يتعين العثور على مشغّل يحتاج إلى دعم أقل.",
            "وتبدأ أسعار التذاكر من أربعة دنانير، ويسافر السكان مجانا في أول اثنين من كل شهر.",
        ),
        "العبّارة عند الرصيف يوم الاثنين (بريد المرفأ)",
        (
            "اقرأ أيضا",
            "اشترك في نشرتنا البريدية الصباحية.",
            "خبر جميل أخيرا، عمّتي بكت من الفرح.",
            "جميع الحقوق محفوظة لبريد المرفأ",
        ),
        ("الرئيسية", "سياسة", "اقتصاد", "رياضة", "الطقس"),
    ),
    NewsPage(
        "de",
        "Fähre zu den Nordinseln fährt nach neun Jahren wieder",
        "Das erste Schiff legte am Montagmorgen mit vierzig Passagieren, zwei Traktoren und einem Schulchor ab.",
        "Jörn Petersen",
        "2025-03-10T07:45:00+01:00",
        (
            "Der Kreistag hat die Fährlinie am Montag wieder in Betrieb genommen, neun Jahre nachdem die letzte Überfahrt aus Geldmangel gestrichen worden war.",
            "Vierzig Passagiere gingen im Dunkeln an Bord, darunter ein Schulchor, der auf dem Oberdeck sang, bis der Wind zu stark wurde.",
            "„Wir haben vor ein paar Wintern aufgehört, daran zu glauben“, sagte Margarete Boysen, die den einzigen Laden auf der größeren Insel führt.",
            "Der Kreis bezahlt bis Ende nächsten Jahres drei Überfahrten in der Woche; danach muss ein Betreiber gefunden werden, der mit weniger Hilfe auskommt.",
            "Eine Fahrt kostet ab vier Euro, und wer auf den Inseln wohnt, fährt am ersten Montag des Monats umsonst.",
        ),
        "Die Fähre am Montag an der Mole. Foto: Hafenkurier",
        (
            "Lesen Sie auch",
            "Unser Morgenbrief: jetzt abonnieren.",
            "Endlich mal eine gute Nachricht, meine Tante hat geweint.",
            "© Hafenkurier. Alle Rechte vorbehalten.",
        ),
        ("Startseite", "Politik", "Wirtschaft", "Sport", "Wetter"),
    ),
    NewsPage(
        "fr",
        "Le ferry revient dans les îles du Nord après neuf ans",
        "Le premier bateau est parti lundi matin avec quarante passagers, deux tracteurs et une chorale d’école.",
        "Solène Kervella",
        "2025-03-10T07:45:00+01:00",
        (
            "Le conseil régional a rétabli lundi la ligne de ferry, neuf ans après l’annulation de la dernière traversée faute d’argent.",
            "Quarante passagers ont embarqué dans la nuit, dont une chorale d’école qui a chanté sur le pont jusqu’à ce que le vent devienne trop fort.",
            "« Nous avions cessé d’y croire il y a quelques hivers », raconte Marguerite Pellan, qui tient l’unique boutique de la grande île.",
            "Le conseil paie trois traversées par semaine jusqu’à la fin de l’an prochain ; il faudra ensuite trouver un exploitant moins coûteux.",
            "Le billet coûte à partir de quatre euros, et les habitants voyagent gratuitement le premier lundi du mois.",
        ),
        "Le ferry lundi à l’embarcadère. Photo Courrier du port",
        (
            "À lire aussi",
            "Recevez notre lettre du matin.",
            "Enfin une bonne nouvelle, ma tante a pleuré.",
            "© Courrier du port. Tous droits réservés.",
        ),
        ("Accueil", "Politique", "Économie", "Sports", "Météo"),
    ),
    NewsPage(
        "es",
        "El transbordador vuelve a las islas del norte nueve años después",
        "El primer barco salió el lunes por la mañana con cuarenta pasajeros, dos tractores y un coro escolar.",
        "Inés Oliveira",
        "2025-03-10T07:45:00+01:00",
        (
            "El consejo insular recuperó el lunes la línea de transbordador, nueve años después de que la última travesía se cancelara por falta de dinero.",
            "Cuarenta pasajeros embarcaron de noche, entre ellos un coro escolar que cantó en la cubierta hasta que el viento fue demasiado fuerte.",
            "«Dejamos de creer en ello hace unos inviernos», dijo Margarita Peláez, que regenta la única tienda de la isla mayor.",
            "El consejo paga tres travesías por semana hasta finales del año próximo; después habrá que encontrar un operador que necesite menos ayuda.",
            "El billete cuesta desde cuatro euros, y los residentes viajan gratis el primer lunes de cada mes.",
        ),
        "El transbordador el lunes en el muelle. Foto: Correo del Puerto",
        (
            "Lea también",
            "Reciba nuestro boletín de la mañana.",
            "Por fin una buena noticia, mi tía lloró.",
            "© Correo del Puerto. Todos los derechos reservados.",
        ),
        ("Portada", "Política", "Economía", "Deportes", "El tiempo"),
    ),
)
