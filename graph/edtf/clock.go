package edtf

import (
	"errors"
	"fmt"
)

// checkClock checks the time of day of a date-time, which EDTF writes in full:
// hh:mm:ss, then nothing, Z, ±hh or ±hh:mm. The time itself is not kept.
func checkClock(s string) error {
	const full = len("hh:mm:ss")
	if len(s) < full {
		return fmt.Errorf("time of day %q is not hh:mm:ss", s)
	}
	if !isTime(s[:full]) {
		return fmt.Errorf("time of day %q does not exist", s[:full])
	}
	return checkOffset(s[full:])
}

// isTime reports whether s is hh:mm:ss. The end of the day, 24:00:00, is one
// (ISO 8601-1:2019/Amd 1:2022); a leap second is not.
func isTime(s string) bool {
	if s[2] != ':' || s[5] != ':' {
		return false
	}
	return s == "24:00:00" || upTo(s[:2], 23) && upTo(s[3:5], 59) && upTo(s[6:], 59)
}

// checkOffset checks the difference from UTC after a time of day. Offsets in use
// reach from -12:00 to +14:00, and ISO 8601-1 has no negative zero.
func checkOffset(s string) error {
	switch s {
	case "", "Z", "+14", "+14:00", "-12", "-12:00":
		return nil
	case "-00", "-00:00":
		return errors.New("an offset of zero is written +00:00 or Z")
	}
	hours := 13
	if s[0] == '-' {
		hours = 11
	}
	signed := s[0] == '+' || s[0] == '-'
	short := len(s) == len("+hh") && upTo(s[1:], hours)
	long := len(s) == len("+hh:mm") && s[3] == ':' && upTo(s[1:3], hours) && upTo(s[4:], 59)
	if !signed || !short && !long {
		return fmt.Errorf("offset %q is not Z, ±hh or ±hh:mm between -12:00 and +14:00", s)
	}
	return nil
}

// upTo reports whether s is a number of at most limit.
func upTo(s string, limit int) bool {
	n, ok := number(s)
	return ok && n <= limit
}
