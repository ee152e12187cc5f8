"""A dispensing cabinet with the hl7 package's own MLLP client, message builder and parser, nothing of Wardline's.

Sends over one connection: a withdrawal, the same again, one without a number for its quantity, one of a sender that
nobody knows, a batch of two of which one is bad, the same batch again, and a batch that holds less than it says. Prints
the acknowledgements, read by hl7.parse and hl7.parse_batch, as one JSON object.

usage: cabinet.py <port> <run> <product code> <location code>
"""

import json
import sys
from datetime import datetime, timezone

import hl7
from hl7.client import MLLPClient


def main() -> None:
    port, run, product, location = sys.argv[1:]
    good = withdrawal(run, "1", product, location, "4")
    bad = withdrawal(run, "2", product, location, "four")
    stranger = withdrawal(run, "3", product, location, "1", sender="PARTY")
    night = batch(f"{run}-night", 2, withdrawal(run, "4", product, location, "6"), bad)
    short = batch(f"{run}-short", 2, withdrawal(run, "5", product, location, "1"))
    said = {}
    with MLLPClient("127.0.0.1", int(port)) as client:
        for name, message in (("good", good), ("again", good), ("bad", bad), ("stranger", stranger)):
            said[name] = acknowledgement(hl7.parse(unframed(client.send_message(message))))
        for name, message in (("batch", night), ("batch again", night), ("short batch", short)):
            answer = hl7.parse_batch(unframed(client.send_message(message)))
            said[name] = [acknowledgement(message) for message in answer]
            said[f"{name} answers"] = str(answer.header[12])
    json.dump(said, sys.stdout)


def withdrawal(run: str, number: str, product: str, location: str, quantity: str, sender: str = "CABINET") -> hl7.Message:
    now = datetime.now(timezone.utc).strftime("%Y%m%d%H%M%S+0000")
    message = hl7.parse(
        f"MSH|^~\\&|{sender}|NORTH|WARDLINE|HOSP|{now}||DFT^P03|{run}-py-{number}|P|2.5\r"
        f"EVN|P03|{now}\rPID|1||PT1\rFT1|1|{run}-py-{number}\r"
    )
    charge = message.segment("FT1")
    for field, value in ((4, now), (6, "CG"), (7, f"{product}^^L"), (10, quantity), (16, location)):
        charge.assign_field(value, field)
    return message


def batch(control_id: str, count: int, *messages: hl7.Message) -> str:
    header = f"BHS|^~\\&|CABINET|NORTH|WARDLINE|HOSP|||||{control_id}\r"
    return header + "".join(str(message) for message in messages) + f"BTS|{count}\r"


def unframed(answer: bytes) -> str:
    return answer.strip(b"\x0b\x1c\r").decode("utf-8") + "\r"


def acknowledgement(message: hl7.Message) -> dict:
    msa = message.segment("MSA")
    errors = [str(error[8]) for error in message.segments("ERR")] if "ERR" in str(message) else []
    return {"code": str(msa[1]), "of": str(msa[2]).rpartition("-")[2], "errors": errors}


if __name__ == "__main__":
    main()
