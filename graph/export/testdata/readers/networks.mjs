// Reads networks with graphology and prints, as JSON, what it found.
//
// networks.mjs DIR: for each .graphml, .gexf and node-link .json of DIR, by its name, nodes
// with their labels and edges with their ends, weight and evidence.
import fs from 'node:fs'
import path from 'node:path'
import Graph from 'graphology'
import gexf from 'graphology-gexf'
import graphml from 'graphology-graphml'

// nodeLink reads node-link JSON, which graphology knows under other names.
function nodeLink(text) {
  const data = JSON.parse(text)
  const graph = new Graph({ type: data.directed ? 'directed' : 'undirected', multi: data.multigraph })
  for (const node of data.nodes) graph.addNode(node.id, node)
  for (const link of data.links) graph.addEdgeWithKey(link.id, link.source, link.target, link)
  return graph
}

const readers = {
  '.graphml': text => graphml.parse(Graph, text),
  '.gexf': text => gexf.parse(Graph, text),
  '.json': nodeLink
}

const item = s => s.replaceAll('\\', '\\\\').replaceAll('|', '\\|')
const text = cell => Array.isArray(cell) ? cell.map(item).join('|') : cell ?? ''

function seen(graph) {
  const nodes = {}, edges = {}
  graph.forEachNode((id, a) => { nodes[id] = text(a.label) })
  graph.forEachEdge((id, a, source, target) => { edges[id] = [source, target, a.weight, text(a.evidence), text(a.sources)] })
  return { directed: graph.type === 'directed', order: graph.order, size: graph.size, nodes, edges }
}

const found = {}
for (const name of fs.readdirSync(process.argv[2])) {
  const read = readers[path.extname(name)]
  if (read) found[name] = { networks: { graphology: seen(read(fs.readFileSync(path.join(process.argv[2], name), 'utf8'))) } }
}
console.log(JSON.stringify(found))
