package docs_test

import "flag"

var update = flag.Bool("update", false, "rewrite the generated parts of the documents")
