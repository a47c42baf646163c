"""Reads exports with tools that no one here wrote and prints, as JSON, what each found.

read.py DIR: for each file of DIR, by its name, what each reader sees: rows, columns and
names of a table; nodes with their labels and edges with their ends, weight and evidence of
a network; quads, which it also writes as N-Quads beside the file.
"""
import json, math, os, sys
from xml.parsers import expat

import duckdb, igraph, networkx, openpyxl, pandas, pyarrow, pyarrow.ipc, pyarrow.parquet, rdflib
from followthemoney import model
from openpyxl.utils.escape import unescape

rdflib.NORMALIZE_LITERALS = False  # "01" stays so
folder = sys.argv[1]
found = {}


def absent(value):
    return value is None or isinstance(value, float) and math.isnan(value)


def table(columns, names):
    """names: a list, or None where the table has no such column."""
    columns = list(columns)
    return {"columns": columns, "rows": len(names), "names": sorted(n for n in names if not absent(n)) if "name" in columns else []}


def frame(data, guard=False):
    """A data frame of pandas; with guard, without the apostrophe before what could be a formula."""
    names = list(data["name"] if "name" in data.columns else data.index)
    if guard and "name" in data.columns:
        names = [n.removeprefix("'") for n in names]
    return table(data.columns, names)


def rows_of_duckdb(relation, guard=False):
    columns = relation.columns
    names = [row[columns.index("name") if "name" in columns else 0] for row in relation.fetchall()]
    if guard:
        names = [n.removeprefix("'") if isinstance(n, str) else n for n in names]
    return table(columns, names)


def text(value):
    """What stands in a cell of XML: lists joined, nothing as an empty text."""
    if isinstance(value, list):
        return "|".join(x.replace("\\", "\\\\").replace("|", "\\|") for x in value)
    return "" if absent(value) else value


def network(directed, nodes, edges):
    """nodes: pairs of identifier and attributes; edges: source, target, attributes."""
    nodes, edges = list(nodes), list(edges)
    return {
        "directed": directed,
        "order": len(nodes),
        "size": len(edges),
        "nodes": {n: text(a.get("label")) for n, a in nodes},
        "edges": {a["id"]: [s, t, float(a["weight"]), text(a.get("evidence")), text(a.get("sources"))] for s, t, a in edges},
    }


def of_networkx(g):
    return network(g.is_directed(), g.nodes(data=True), g.edges(data=True))


def of_igraph(g):
    ids = g.vs["id"] if g.vcount() else []
    return network(g.is_directed(), ((v["id"], v.attributes()) for v in g.vs), ((ids[e.source], ids[e.target], e.attributes()) for e in g.es))


def node_link(path):
    with open(path, encoding="utf-8") as f:
        return networkx.node_link_graph(json.load(f), edges="links")


def cytoscape(path):
    with open(path, encoding="utf-8") as f:
        return networkx.cytoscape_graph(json.load(f))


def gexf(path):
    """networkx knows GEXF 1.2, which names the same things in another namespace."""
    with open(path, encoding="utf-8", newline="") as f:
        data = f.read().replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft", 1).replace('version="1.3"', 'version="1.2"', 1)
    with open(path + ".12", "w", encoding="utf-8", newline="") as f:
        f.write(data)
    return networkx.read_gexf(path + ".12")


def ftm(path):
    """FollowTheMoney puts spaces, composed letters and no controls into what it reads: names are
    those of the file, and lost are values of which it keeps nothing."""
    entities, bad, names = {}, [], []
    with open(path, encoding="utf-8", newline="\n") as f:
        for line in f:
            data = json.loads(line)
            proxy = model.get_proxy(data, cleaned=False)
            kept = sum(len(v) for v in proxy.to_dict()["properties"].values())
            given = sum(len(set(v)) for v in data["properties"].values())
            if kept < given:
                lost = {k: [x for x in v if x not in proxy.get(k, quiet=True)] for k, v in data["properties"].items()}
                bad.append([data["id"], {k: v for k, v in lost.items() if v}])
            entities[proxy.id] = proxy
            if proxy.schema.name == "Person":
                names += data["properties"]["name"]
    links = sum(1 for e in entities.values() for p, v in e.itervalues() if p.type.name == "entity" and v not in entities)
    return {"entities": len(entities), "unknown": links, "lost": bad[:5], "names": sorted(names)}


def cell(value):
    """openpyxl leaves the escapes of a workbook (_x005F_) to its own unescape."""
    return unescape(value) if isinstance(value, str) else value


def sheets(path):
    out = {}
    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        sheet.reset_dimensions()  # as pandas.read_excel does
        rows = [[cell(v) for v in r] for r in sheet.iter_rows(values_only=True)]
        columns = [c for c in rows[0] if c is not None]
        out[sheet.title] = table(columns, [r[columns.index("name")] if "name" in columns else r[0] for r in rows[1:]])
    return out


def rdf(path, syntax):
    data = rdflib.Dataset()
    data.parse(path, format=syntax)
    data.serialize(path + ".nquads", format="nquads", encoding="utf-8")
    return {"quads": sum(1 for _ in data.quads((None, None, None, None)))}


SYNTAXES = {"nq": "nquads", "nt": "nt", "trig": "trig", "ttl": "turtle", "jsonld": "json-ld"}
for name in sorted(os.listdir(folder)):
    path = os.path.join(folder, name)
    ending = name.rsplit(".", 1)[-1]
    if ending == "csv":
        found[name] = {"tables": {
            "pandas": frame(pandas.read_csv(path, dtype=str, keep_default_na=False), guard=True),
            "duckdb": rows_of_duckdb(duckdb.sql(f"select * from read_csv('{path}', all_varchar=true)"), guard=True),
        }}
    elif ending == "parquet":
        found[name] = {"tables": {"pyarrow": frame(pyarrow.parquet.read_table(path).to_pandas()), "duckdb": rows_of_duckdb(duckdb.sql(f"select * from '{path}'"))}}
    elif ending == "arrow":
        with pyarrow.ipc.open_file(path) as f:
            found[name] = {"tables": {"pyarrow": frame(f.read_all().to_pandas())}}
    elif ending == "xlsx":
        found[name] = {"tables": sheets(path)}
    elif ending == "graphml":
        found[name] = {"networks": {"networkx": of_networkx(networkx.read_graphml(path)), "igraph": of_igraph(igraph.Graph.Read_GraphML(path))}}
    elif ending == "gexf":
        found[name] = {"networks": {"networkx": of_networkx(gexf(path))}}
        parser = expat.ParserCreate()
        with open(path, "rb") as f:
            parser.ParseFile(f)
    elif ending in SYNTAXES:
        found[name] = rdf(path, SYNTAXES[ending])
    elif ending == "cyjs":
        found[name] = {"networks": {"networkx": of_networkx(cytoscape(path))}}
    elif name.endswith(".ftm.json"):
        found[name] = ftm(path)
    elif ending == "json":
        found[name] = {"networks": {"networkx": of_networkx(node_link(path))}}
print(json.dumps(found))
