// Writes the canonical form (RDFC-1.0) of N-Quads, as rdf-canonize makes it: from
// standard input to standard output.
import fs from 'node:fs'
import { canonize } from 'rdf-canonize'

process.stdout.write(await canonize(fs.readFileSync(0, 'utf8'), { algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads' }))
