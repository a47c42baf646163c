package evaluate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// statements gives the folder of score.py, its texts and golds, which lies
// beside the project.
func statements(t *testing.T) string {
	t.Helper()
	dir := cmp.Or(os.Getenv("DIALOGRAPH_SHARED"), filepath.Join("..", "..", "..", "shared"))
	dir = filepath.Join(dir, "statements")
	if _, err := os.Stat(filepath.Join(dir, "score.py")); err != nil {
		t.Skipf("score.py is not at hand (DIALOGRAPH_SHARED): %v", err)
	}
	return dir
}

// python runs a script, which finds score.py as a module, with input as JSON on
// its standard input, and reads the JSON it prints. -B keeps it from leaving
// compiled files beside score.py.
func python(t *testing.T, script string, input, output any) {
	t.Helper()
	dir := statements(t)
	if out, err := exec.Command("python3", "-B", "-c", "import yaml").CombinedOutput(); err != nil {
		t.Skipf("Python 3 with PyYAML is not at hand: %v %s", err, out)
	}
	data, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command("python3", "-B", "-c", "import json, sys; sys.path.insert(0, sys.argv[1]); import score, yaml\n"+script, dir)
	run.Stdin = bytes.NewReader(data)
	run.Stderr = os.Stderr
	data, err = run.Output()
	if err != nil {
		t.Fatalf("run score.py: %v", err)
	}
	if err := json.Unmarshal(data, output); err != nil {
		t.Fatalf("read what score.py says: %v", err)
	}
}
