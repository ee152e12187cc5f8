"""An upstream team and a subscriber with Confluent's own Python client, nothing of Wardline's.

Sends one ConsumptionRecorded with the stock AvroSerializer under TopicRecordNameStrategy and without headers, then reads
its receipt, its StockMoved and its PostingSucceeded by schema id, and prints them as one JSON object.

usage: ward.py <bootstrap servers> <registry url> <product code> <location code> <quantity> <unit> <lot>
"""

import json
import sys
import time
import uuid
from datetime import datetime, timezone
from decimal import Decimal

from confluent_kafka import Consumer, Producer
from confluent_kafka.schema_registry import SchemaRegistryClient, topic_record_subject_name_strategy
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

TOPIC = "clinical.consumption"
RECORD = "org.wardline.clinical.ConsumptionRecorded"
PATIENCE_SECONDS = 90


def main() -> None:
    brokers, registry_url, product, location, quantity, unit, lot = sys.argv[1:]
    registry = SchemaRegistryClient({"url": registry_url})
    record = consumption(product, location, quantity, unit, lot)
    send(brokers, registry, record)
    print(json.dumps(follow(brokers, registry, record["eventId"]), default=str))


def consumption(product: str, location: str, quantity: str, unit: str, lot: str) -> dict:
    event_id = str(uuid.uuid4())
    return {
        "eventId": event_id,
        "occurredAt": datetime.now(timezone.utc),
        "source": "python-cabinet",
        "correlationId": event_id,
        "kind": "USED",
        "product": {"scheme": "INTERNAL", "value": product},
        "location": {"scheme": "CODE", "value": location},
        "lotNumber": lot,
        "quantity": Decimal(quantity),
        "unit": unit,
    }


def send(brokers: str, registry: SchemaRegistryClient, record: dict) -> None:
    schema = registry.get_latest_version(f"{TOPIC}-{RECORD}").schema
    serializer = AvroSerializer(
        registry,
        schema,
        conf={
            "auto.register.schemas": False,
            "use.latest.version": True,
            "subject.name.strategy": topic_record_subject_name_strategy,
        },
    )
    producer = Producer({"bootstrap.servers": brokers})
    key = f"{record['location']['value']}/{record['product']['value']}"
    producer.produce(TOPIC, key=key, value=serializer(record, SerializationContext(TOPIC, MessageField.VALUE)))
    producer.flush(30)


def follow(brokers: str, registry: SchemaRegistryClient, event_id: str) -> dict:
    deserialize = AvroDeserializer(registry)
    consumer = Consumer(
        {"bootstrap.servers": brokers, "group.id": f"python-{uuid.uuid4()}", "auto.offset.reset": "earliest"}
    )
    consumer.subscribe(["clinical.consumption-receipt", "inventory.stock", "erp.posting"])
    seen: dict = {}
    until = time.monotonic() + PATIENCE_SECONDS
    while len(seen) < 3 and time.monotonic() < until:
        message = consumer.poll(1)
        if message is None or message.error():
            continue
        event = deserialize(message.value(), SerializationContext(message.topic(), MessageField.VALUE))
        # The client reads a uuid as a UUID.
        if str(event["correlationId"]) == event_id:
            seen[message.topic()] = event
    consumer.close()
    return seen


main()
