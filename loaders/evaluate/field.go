package evaluate

// Field is how often one field was right, added and missed.
type Field struct {
	Name       string
	TP, FP, FN int
}

// Precision tells how much of what was found is right; 1 if nothing was found.
func (f Field) Precision() float64 { return share(f.TP, f.FP) }

// Recall tells how much of what is there was found; 1 if there is nothing.
func (f Field) Recall() float64 { return share(f.TP, f.FN) }

// F1 is the harmonic mean of precision and recall.
func (f Field) F1() float64 {
	p, r := f.Precision(), f.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(right, wrong int) float64 {
	if right+wrong == 0 {
		return 1
	}
	return float64(right) / float64(right+wrong)
}
