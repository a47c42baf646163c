"""Reads exports with tools that no one here wrote and prints, as JSON, what each found.

read.py DIR: for each file of DIR, by its name, the counts that its reader sees, and the
names of the people as each table format has them.
"""
import json, os, sys
from xml.parsers import expat

import duckdb, igraph, networkx, openpyxl, pandas, pyarrow, pyarrow.ipc, pyarrow.parquet, rdflib
from followthemoney import model

folder = sys.argv[1]
found = {}


def rows(frame, guard=""):
    out = {"rows": len(frame), "columns": list(frame.columns)}
    if "name" in frame.columns:
        out["names"] = sorted(str(n).removeprefix(guard) for n in frame["name"])
    return out


def graph(g):
    return {"nodes": g.number_of_nodes(), "edges": g.number_of_edges(), "directed": g.is_directed()}


def node_link(path):
    with open(path) as f:
        data = json.load(f)
    return networkx.node_link_graph(data, edges="links")


def cytoscape(path):
    with open(path) as f:
        return networkx.cytoscape_graph(json.load(f))


def gexf(path):
    """networkx knows GEXF 1.2, which names the same things in another namespace."""
    with open(path, encoding="utf-8") as f:
        text = f.read().replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"')
    with open(path + ".12", "w", encoding="utf-8") as f:
        f.write(text)
    return networkx.read_gexf(path + ".12")


def ftm(path):
    entities, bad = {}, []
    with open(path, encoding="utf-8") as f:
        for line in f:
            data = json.loads(line)
            proxy = model.get_proxy(data, cleaned=False)
            kept = sum(len(v) for v in proxy.to_dict()["properties"].values())
            given = sum(len(set(v)) for v in data["properties"].values())
            if kept < given:
                lost = {k: [x for x in v if x not in proxy.get(k, quiet=True)] for k, v in data["properties"].items()}
                bad.append([data["id"], {k: v for k, v in lost.items() if v}])
            entities[proxy.id] = proxy
    links = sum(1 for e in entities.values() for p, v in e.itervalues() if p.type.name == "entity" and v not in entities)
    return {"entities": len(entities), "unknown": links, "lost": bad[:5]}


for name in sorted(os.listdir(folder)):
    path = os.path.join(folder, name)
    ending = name.rsplit(".", 1)[-1]
    if ending == "csv":
        found[name] = rows(pandas.read_csv(path, dtype=str, keep_default_na=False), "'")
        found[name]["duckdb"] = duckdb.sql(f"select count(*) from read_csv('{path}', all_varchar=true)").fetchone()[0]
    elif ending == "parquet":
        found[name] = rows(pyarrow.parquet.read_table(path).to_pandas())
        found[name]["duckdb"] = duckdb.sql(f"select count(*) from '{path}'").fetchone()[0]
    elif ending == "arrow":
        with pyarrow.ipc.open_file(path) as f:
            found[name] = rows(f.read_all().to_pandas())
    elif ending == "xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        found[name] = {"sheets": {}}
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # as pandas.read_excel does
            found[name]["sheets"][sheet.title] = sum(1 for _ in sheet.iter_rows(values_only=True)) - 1
    elif ending == "graphml":
        found[name] = graph(networkx.read_graphml(path))
        g = igraph.Graph.Read_GraphML(path)
        found[name]["igraph"] = [g.vcount(), g.ecount()]
    elif ending == "gexf":
        found[name] = graph(gexf(path))
        parser = expat.ParserCreate()
        with open(path, "rb") as f:
            parser.ParseFile(f)
    elif ending in ("nq", "nt", "trig", "ttl", "jsonld"):
        syntax = {"nq": "nquads", "nt": "nt", "trig": "trig", "ttl": "turtle", "jsonld": "json-ld"}[ending]
        data = rdflib.Dataset()
        data.parse(path, format=syntax)
        found[name] = {"quads": sum(1 for _ in data.quads((None, None, None, None)))}
    elif ending == "cyjs":
        found[name] = graph(cytoscape(path))
    elif name.endswith(".ftm.json"):
        found[name] = ftm(path)
    elif ending == "json":
        found[name] = graph(node_link(path))
print(json.dumps(found, ensure_ascii=False))
