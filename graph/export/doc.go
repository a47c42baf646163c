// Package export writes a selection of a snapshot in the formats that notebooks
// and other graph tools read: quads (N-Quads, N-Triples, TriG, Turtle, JSON-LD),
// tables (CSV, Parquet, Arrow, Excel), networks (GraphML, GEXF, node-link and
// Cytoscape JSON) and FollowTheMoney entities.
//
// The same selection has the same nodes, edges and identifiers in every format,
// and evidence travels on edges. What is written is the same byte for byte each
// time, and is written as it is read: memory does not grow with the graph,
// except where a format wants the whole (said there).
//
// Surprising: nothing about the moment of writing is in an export; a [Manifest]
// beside it tells of what snapshot and filter it is.
package export
