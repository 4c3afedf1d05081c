package main

import (
	"fmt"
	"io"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// found is the JSON that other programs read.
type found struct {
	Total      int    `json:"total"`
	Hits       []hit  `json:"hits"`
	DidYouMean string `json:"didYouMean"`
}

type hit struct {
	ID    catalogue.ToolID `json:"id"`
	Score float64          `json:"score"`
	Why   []why            `json:"why"`
}

type why struct {
	Field string `json:"field"`
	Word  string `json:"word"`
	Term  string `json:"term"`
	How   string `json:"how"`
}

func answer(r catalogue.Result) found {
	out := found{Total: r.Total, DidYouMean: r.DidYouMean, Hits: []hit{}}
	for _, h := range r.Hits {
		reasons := []why{}
		for _, m := range h.Why {
			reasons = append(reasons, why{string(m.Field), m.Word, m.Term, string(m.How)})
		}
		out.Hits = append(out.Hits, hit{h.ID, h.Score, reasons})
	}
	return out
}

// list prints the hits for a person to read. Strange says what is wrong with the filters if nothing was found.
func list(out io.Writer, r catalogue.Result, strange []string, lang catalogue.Lang) error {
	for _, s := range strange {
		fmt.Fprintln(out, s)
	}
	if r.Total == 0 && len(strange) == 0 {
		fmt.Fprintln(out, none.In(lang))
	}
	for i, h := range r.Hits {
		t := h.Tool()
		fmt.Fprintf(out, "%2d. %s (%s) %.2f\n    %s\n", i+1, t.Name.In(lang), t.ID, h.Score, t.Summary.In(lang))
	}
	if rest := r.Total - len(r.Hits); rest > 0 {
		fmt.Fprintf(out, "    + %d\n", rest)
	}
	if r.DidYouMean != "" {
		fmt.Fprintf(out, "%s %s?\n", mean.In(lang), r.DidYouMean)
	}
	return nil
}

var (
	none = catalogue.Text{
		"nb": "Vi fant ingen verktøy. Prøv et annet ord, eller færre ord.",
		"nn": "Vi fann ingen verktøy. Prøv eit anna ord, eller færre ord.",
		"en": "No tools found. Try another word, or fewer words.",
	}
	mean = catalogue.Text{"nb": "Mente du", "nn": "Meinte du", "en": "Did you mean"}
)
