"""camt.053 (ISO 20022): read element by element; a document that declares anything of its own is refused.

The published XSD comes with no package that is pinned here: the shape is held by this reader, not by the schema.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.parsers import expat

from payung.rules.statements.amounts import amount, day
from payung.rules.statements.lines import Line, Statement, statement
from payung.rules.statements.unreadable import UnreadableStatement

_DEEPEST = 60


@dataclass
class _Element:
    name: str
    row: int
    currency: str = ""
    text: str = ""
    inner: list["_Element"] = field(default_factory=list)

    def all(self, *path: str) -> Iterator["_Element"]:
        """Every element under this path."""
        if not path:
            yield self
            return
        for one in self.inner:
            if one.name == path[0]:
                yield from one.all(*path[1:])

    def get(self, *path: str) -> str:
        """The text of the first element under this path, or nothing."""
        return next((" ".join(one.text.split()) for one in self.all(*path)), "")


def looks_so(content: bytes) -> bool:
    """Whether this is XML at all."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read(content: bytes) -> list[Statement]:
    """Every statement of the document. Raises UnreadableStatement."""
    root = _tree(content)
    found = [one for message in root.all("BkToCstmrStmt") for one in message.all("Stmt")]
    if not found:
        raise UnreadableStatement("not_a_statement", line=1, found=root.name)
    return [_statement(one) for one in found]


def _tree(content: bytes) -> _Element:
    top = _Element("", 1)
    open_elements = [top]
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_elements) > _DEEPEST:
            raise UnreadableStatement("broken_xml", line=parser.CurrentLineNumber)
        made = _Element(name.rpartition(" ")[2], parser.CurrentLineNumber, attributes.get("Ccy", ""))
        open_elements[-1].inner.append(made)
        open_elements.append(made)

    def add(text: str) -> None:
        open_elements[-1].text += text

    def refuse(*_: object) -> None:
        raise UnreadableStatement("entities", line=parser.CurrentLineNumber)

    parser.StartElementHandler, parser.CharacterDataHandler = start, add
    parser.EndElementHandler = lambda _: open_elements.pop() and None
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except expat.ExpatError as broken:
        raise UnreadableStatement("broken_xml", line=broken.lineno) from broken
    return top.inner[0]


def _statement(found: _Element) -> Statement:
    account = found.get("Acct", "Id", "IBAN") or found.get("Acct", "Id", "Othr", "Id")
    lines = [line for entry in found.all("Ntry") for line in _lines(entry)]
    balances = {}
    for one in found.all("Bal"):
        code = one.get("Tp", "CdOrPrtry", "Cd")
        balances[code] = _signed(one)
    opening = balances.get("OPBD", balances.get("PRCD"))
    return statement(account, lines, opening=opening, closing=balances.get("CLBD"), row=found.row)


def _lines(entry: _Element) -> Iterator[Line]:
    """The entry, or its transactions when their amounts make it up. What is only pending is no movement."""
    if (entry.get("Sts", "Cd") or entry.get("Sts")) not in ("BOOK", ""):
        return
    whole = _signed(entry)
    booked = entry.get("BookgDt", "Dt") or entry.get("BookgDt", "DtTm") or entry.get("ValDt", "Dt")
    booked_on = day(booked, row=entry.row)
    parts = list(entry.all("NtryDtls", "TxDtls"))
    amounts = [_part(one) for one in parts]
    told = [one for one in amounts if one is not None]
    if len(told) == len(parts) and parts and sum(told) == abs(whole):
        sign = 1 if whole >= 0 else -1
        for number, (one, value) in enumerate(zip(parts, told, strict=True), start=1):
            yield _line(entry, one, booked_on, sign * value, number=number if len(parts) > 1 else 0)
    else:
        yield _line(entry, parts[0] if len(parts) == 1 else entry, booked_on, whole, number=0)


def _part(one: _Element) -> Decimal | None:
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt")):
        for element in one.all(*path):
            return amount(element.text, row=element.row)
    return None


def _line(entry: _Element, one: _Element, booked_on: date, value: Decimal, *, number: int) -> Line:
    side = "Cdtr" if value < 0 else "Dbtr"
    parties = one.get("RltdPties", side, "Nm") or one.get("RltdPties", side, "Pty", "Nm")
    texts = [" ".join(text.text.split()) for text in one.all("RmtInf", "Ustrd")]
    reference = one.get("Refs", "EndToEndId")
    own = one.get("Refs", "AcctSvcrRef") or entry.get("AcctSvcrRef") or entry.get("NtryRef")
    return Line(
        row=entry.row,
        booked_on=booked_on,
        amount=value,
        counterparty=parties,
        reference="" if reference == "NOTPROVIDED" else reference,
        text=" ".join([*texts, entry.get("AddtlNtryInf")]).strip(),
        bank_id=f"{own}/{number}" if own and number else own,
    )


def _signed(one: _Element) -> Decimal:
    """The amount with its side; a reversal's side is already turned. Raises for another currency."""
    for element in one.all("Amt"):
        if element.currency not in ("IDR", ""):
            raise UnreadableStatement("currency", line=element.row, found=element.currency)
        value = amount(element.text, row=element.row)
        side = one.get("CdtDbtInd")
        if side not in ("CRDT", "DBIT"):
            raise UnreadableStatement("no_amount", line=one.row, found=side)
        return value if side == "CRDT" else -value
    raise UnreadableStatement("no_amount", line=one.row)
