"""The Python client gql asks a running server, for clients_test.go.

    python clients.py URL

It downloads the schema by introspection, checks documents against it before it
sends them, and prints one JSON object: what each call gave.
"""

import json
import sys

from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from graphql import GraphQLError, print_schema

EVENT = """
query Session($id: ID!) {
  event(id: $id) { name participations(first: 2, where: {role: [CHAIR]}) { totalCount } }
}
"""


class Counting(RequestsHTTPTransport):
    """A transport that counts what it sends."""

    sent = 0

    def execute(self, *args, **kwargs):
        Counting.sent += 1
        return super().execute(*args, **kwargs)


def given(call):
    before = Counting.sent
    try:
        return {"data": call(), "sent": Counting.sent - before}
    except TransportQueryError as error:
        return {"errors": error.errors, "sent": Counting.sent - before}
    except GraphQLError as error:
        return {"refusedHere": error.message, "sent": Counting.sent - before}


def main(url):
    transport = Counting(url=url, verify=False)
    with Client(transport=transport, fetch_schema_from_transport=True) as session:
        schema = session.client.schema
        event = gql(EVENT)
        event.variable_values = {"id": "event/eu-rok-cyber-dialogue-06"}
        print(json.dumps({
            "types": sorted(name for name in schema.type_map if not name.startswith("__")),
            "sdl": print_schema(schema),
            "valid": given(lambda: session.execute(event)),
            "unknownField": given(lambda: session.execute(gql("{ stats { evnts } }"))),
            "unknownArgument": given(lambda: session.execute(gql("{ events(frist: 1) { totalCount } }"))),
            "refusedThere": given(lambda: session.execute(gql("{ events(first: -1) { totalCount } }"))),
        }))


main(sys.argv[1])
