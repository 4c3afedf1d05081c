// Package acceptlanguage reads what language a browser asks for, among those that
// texts for people have here: nb, nn and en.
package acceptlanguage

import (
	"strconv"
	"strings"
)

// Pick gives nb, nn or en from an Accept-Language header (RFC 9110, section
// 12.5.4): the one that is wished for most, and of equals the first. Norwegian
// without more ado is nb, and so is everything else.
func Pick(header string) string {
	best, weight := "nb", 0.0
	for item := range strings.SplitSeq(header, ",") {
		tag, parameters, _ := strings.Cut(item, ";")
		if lang, q := spoken(tag), quality(parameters); lang != "" && q > weight {
			best, weight = lang, q
		}
	}
	return best
}

func spoken(tag string) string {
	primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	switch primary {
	case "nb", "no":
		return "nb"
	case "nn", "en":
		return primary
	}
	return ""
}

func quality(parameters string) float64 {
	value, there := strings.CutPrefix(strings.TrimSpace(parameters), "q=")
	if !there {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || q > 1 {
		return 0
	}
	return q
}
