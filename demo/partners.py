"""Those with whom the sample company corresponds; made up, at addresses that belong to nobody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Partner:
    """One organization outside: who writes there, in which language, and the server that takes its mail.

    `weight` is how much of the everyday mail is with it. `out_host` and `out_ip` send what it writes.
    """

    domain: str
    people: tuple[str, ...]
    mx_host: str
    mx_ip: str
    language: str = "ja"
    weight: int = 2
    out_host: str = ""
    out_ip: str = ""

    @property
    def contacts(self) -> tuple[str, ...]:
        return tuple(f"{name}@{self.domain}" for name in self.people)

    @property
    def sending(self) -> tuple[str, str]:
        return self.out_host or self.mx_host, self.out_ip or self.mx_ip


SUZUKI, YAMADA, ITO = "suzuki@hoge.com", "yamada@hoge.com", "ito@hoge.com"
KATO, NO_REPLY = "kato@hoge.com", "no-reply@hoge.com"
HOGE_IP, HOGE_HOST = "192.0.2.10", "out1.hoge.com"

PARTNERS = (
    Partner(
        "hoge.com",
        ("suzuki", "yamada", "ito", "kato"),
        "mx1.hoge.com",
        "192.0.2.25",
        weight=12,
        out_host=HOGE_HOST,
        out_ip=HOGE_IP,
    ),
    Partner("partner.com", ("m.lopez", "abe"), "mail.partner.com", "198.51.100.20", weight=8),
    Partner("with-wit.com", ("info", "hoshino"), "mx.with-wit.com", "198.51.100.77", weight=2),
    Partner("fabrikam.example", ("orders", "kim", "j.park"), "mx.fabrikam.example", "203.0.113.40", "en", 6),
    Partner("wingtiptoys.example", ("ap", "sales"), "mx.wingtiptoys.example", "203.0.113.5", "en", 4),
    Partner("northwind.example", ("nancy", "andrew"), "mx6.northwind.example", "2001:db8::53", "en", 4),
    Partner("tailspin.example", ("logistics", "booking"), "mx.tailspin.example", "198.51.100.61", "en", 4),
    Partner("sakura-kogyo.example", ("mori", "okada"), "mx.sakura-kogyo.example", "192.0.2.31", weight=5),
    Partner("kitamura-denki.example", ("kitamura", "eigyo"), "mail.kitamura-denki.example", "192.0.2.44"),
    Partner("aozora-shoji.example", ("hayashi", "keiri"), "mx1.aozora-shoji.example", "192.0.2.60", weight=4),
    Partner("mirai-logi.example", ("haisha", "shimizu"), "mx.mirai-logi.example", "198.51.100.90", weight=4),
    Partner("yamato-print.example", ("nyuko",), "mail.yamato-print.example", "198.51.100.112"),
    Partner("hikari-law.example", ("matsuda",), "mx.hikari-law.example", "198.51.100.130", weight=1),
    Partner("shirakaba-univ.example", ("saiyo", "nishi"), "mx.shirakaba-univ.example", "203.0.113.66"),
    Partner("minato-city.example", ("zeimu",), "mx.minato-city.example", "203.0.113.71", weight=1),
    Partner(
        "kaede-foods.example", ("ogawa", "hinshitsu"), "mx.kaede-foods.example", "203.0.113.82", weight=3
    ),
    Partner(
        "tsubame-soft.example", ("support", "inoue"), "mx.tsubame-soft.example", "203.0.113.93", weight=3
    ),
    Partner("litware.example", ("helen", "licensing"), "mx.litware.example", "203.0.113.120", "en"),
    Partner("proseware.example", ("d.miller",), "mail.proseware.example", "203.0.113.133", "en"),
    Partner("woodgrove.example", ("accounts", "r.chen"), "mx.woodgrove.example", "2001:db8:10::25", "en", 3),
    Partner("adatum.example", ("olga", "projects"), "mx.adatum.example", "203.0.113.144", "en", 3),
)
BULK = (
    Partner("mta.newsletter.example", ("bounce",), "mta.newsletter.example", "203.0.113.150"),
    Partner("mail.seminar.example", ("bounce",), "mta3.seminar.example", "203.0.113.171"),
    Partner("notify.expense.example", ("bounce",), "out.expense.example", "198.51.100.181", "en"),
)
"""Mailing services: their envelope senders are bounce addresses, one for each reader."""

BY_DOMAIN = {partner.domain: partner for partner in (*PARTNERS, *BULK)}
MX = {partner.domain: (partner.mx_host, partner.mx_ip) for partner in PARTNERS}
"""Domain → the host and address that take its mail."""
CONTACTS = tuple(contact for partner in PARTNERS for contact in partner.contacts)
