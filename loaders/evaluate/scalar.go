package evaluate

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// scalarForms are the plain scalars that YAML 1.1 does not take for text, as
// PyYAML's resolver has them. The first that fits decides.
var scalarForms = []struct {
	form *regexp.Regexp
	read func(string) (value, error)
}{
	{regexp.MustCompile(`^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$`), readTrue},
	{regexp.MustCompile(`^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$`), readFalse},
	{regexp.MustCompile(`^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?` +
		`|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$`), readFloat},
	{regexp.MustCompile(`^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+` +
		`|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$`), readInteger},
	{regexp.MustCompile(`^(?:~|null|Null|NULL|)$`), readNone},
	{regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`), readDate},
	{momentForm, readMoment},
}

var momentForm = regexp.MustCompile(`^([0-9]{4}-[0-9][0-9]?-[0-9][0-9]?)(?:[Tt]|[ \t]+)([0-9][0-9]?:[0-9]{2}:[0-9]{2})` +
	`(?:\.([0-9]*))?[ \t]*(Z|([-+])([0-9][0-9]?)(?::([0-9]{2}))?)?$`)

// readScalar reads a scalar that stands without quotes.
func readScalar(s string) (value, error) {
	for _, f := range scalarForms {
		if f.form.MatchString(s) {
			v, err := f.read(s)
			if err != nil {
				err = fmt.Errorf("read %q: %w", s, err)
			}
			return v, err
		}
	}
	return textValue(s), nil
}

func readTrue(string) (value, error)  { return value{kind: boolean, plain: "True", number: 1}, nil }
func readFalse(string) (value, error) { return value{kind: boolean, plain: "False"}, nil }
func readNone(string) (value, error)  { return value{}, nil }

func readInteger(s string) (value, error) {
	n, err := parseInteger(strings.ReplaceAll(s, "_", ""))
	if err != nil {
		return value{}, err
	}
	number, _ := new(big.Float).SetInt(n).Float64()
	return value{kind: integer, plain: n.String(), number: number}, nil
}

// parseInteger reads the digits of an integer: decimal, 0b, 0x, octal after a 0,
// or to the base of 60 with colons.
func parseInteger(s string) (*big.Int, error) {
	digits := strings.TrimLeft(s, "+-")
	total := new(big.Int)
	for part := range strings.SplitSeq(digits, ":") {
		base := 10
		if len(digits) > 1 && digits[0] == '0' {
			base = 0 // the prefix says
		}
		n, ok := new(big.Int).SetString(part, base)
		if !ok {
			return nil, fmt.Errorf("it has no digits")
		}
		total.Add(total.Mul(total, big.NewInt(60)), n)
	}
	if strings.HasPrefix(s, "-") {
		total.Neg(total)
	}
	return total, nil
}

func readFloat(s string) (value, error) {
	s = strings.ToLower(strings.ReplaceAll(s, "_", ""))
	number, unit := 0.0, 1.0
	parts := strings.Split(strings.Replace(strings.TrimLeft(s, "+-"), ".inf", "inf", 1), ":")
	for i := len(parts) - 1; i >= 0; i-- {
		digit, err := strconv.ParseFloat(strings.Replace(parts[i], ".nan", "nan", 1), 64)
		if err != nil && !math.IsInf(digit, 0) {
			return value{}, fmt.Errorf("it is not a number")
		}
		number += float64(digit * unit) // rounded before it is added, as in Python
		unit *= 60
	}
	if strings.HasPrefix(s, "-") {
		number = -number
	}
	return value{kind: float, plain: formatFloat(number), number: number}, nil
}

// formatFloat writes a number as Python does.
func formatFloat(f float64) string {
	switch size := math.Abs(f); {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 0):
		return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(f, 'g', -1, 64)), "+")
	case size != 0 && (size < 1e-4 || size >= 1e16):
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

func readDate(s string) (value, error) {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil || day.Year() == 0 {
		return value{}, fmt.Errorf("there is no such day")
	}
	return value{kind: date, plain: s}, nil
}

// readMoment reads a date with a time of day and perhaps a zone.
func readMoment(s string) (value, error) {
	m := momentForm.FindStringSubmatch(s)
	at, err := time.Parse("2006-1-2 15:4:5", m[1]+" "+m[2])
	if err != nil || at.Year() == 0 {
		return value{}, fmt.Errorf("there is no such moment")
	}
	plain := at.Format("2006-01-02 15:04:05")
	if fraction := (m[3] + "000000")[:6]; strings.Trim(fraction, "0") != "" {
		plain += "." + fraction
	}
	if m[4] != "" {
		zone, err := readZone(m[5], m[6], m[7])
		if err != nil {
			return value{}, err
		}
		plain += zone
	}
	return value{kind: moment, plain: plain}, nil
}

// readZone gives hours and minutes from UTC as Python writes them; without
// either it is UTC.
func readZone(sign, hours, minutes string) (string, error) {
	h, _ := strconv.Atoi(hours)
	m, _ := strconv.Atoi(minutes)
	m += 60 * h
	switch {
	case m >= 24*60:
		return "", fmt.Errorf("there is no such zone")
	case m == 0:
		sign = "+"
	}
	return fmt.Sprintf("%s%02d:%02d", sign, m/60, m%60), nil
}
