package norwegian

import (
	"strings"
	"sync"
)

// classes maps the name of a class, in braces, to the roots of its words.
var classes = sync.OnceValue(func() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	name := ""
	for _, line := range lines(classText) {
		if before, after, begins := strings.Cut(line, ": "); begins {
			name, line = "{"+before+"}", after
			out[name] = map[string]bool{}
		}
		for _, w := range strings.Fields(line) {
			for root := range out[w] {
				out[name][root] = true
			}
			if w[0] != '{' {
				out[name][Root(w)] = true
			}
		}
	}
	return out
})

// Stands says that a word with this root is what a root of a [Phrase] wants: the same one, or one of its class.
func Stands(wanted, root string) bool {
	return wanted == root || wanted != "" && wanted[0] == '{' && classes()[wanted][root]
}

// class takes the class out of an expression; "" if there is none.
func class(text string) (name, rest string) {
	from, to := strings.IndexByte(text, '{'), strings.IndexByte(text, '}')
	if from < 0 || to < from || classes()[text[from:to+1]] == nil {
		return "", text
	}
	return text[from : to+1], text[:from] + text[to+1:]
}

// choices writes out the alternatives of an expression: "(tar|tok) for mye" is "tar for mye" and "tok for mye".
func choices(text string) []string {
	from, to := strings.IndexByte(text, '('), strings.IndexByte(text, ')')
	if from < 0 || to < from {
		return []string{text}
	}
	var out []string
	for _, one := range strings.Split(text[from+1:to], "|") {
		out = append(out, choices(text[:from]+one+text[to+1:])...)
	}
	return out
}

// expressions are those of a line of the list.
func expressions(line string) []string {
	var out []string
	for _, text := range strings.Split(line, ", ") {
		out = append(out, choices(text)...)
	}
	return out
}
