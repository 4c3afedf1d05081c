package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/internal/norwegian"
)

// Options says how an index understands words. The zero value is what [NewIndex] uses.
type Options struct {
	// Synonyms are added to those that the index knows already. Order and doublets mean nothing. At most [MaxSynonyms].
	Synonyms []Synonyms
}

// The limits of [Options.Synonyms].
const (
	MaxSynonyms    = 10_000
	maxExpressions = 1_000
	maxExpression  = 200
)

// Synonyms is a matter and how it is spoken of. The expressions are words or phrases; inflections need no mention, and word order and stop
// words do not count when a query is compared with them. Both lists have at most 1,000 expressions together, each of at most 200 characters
// and with a word that tells something. They also teach what texts about the matter are like (see [Index.Search]): the more of them people would
// write, the better.
type Synonyms struct {
	// Same are expressions that mean nearly the same: who writes one of them finds the tools that have another one.
	Same []string
	// For are expressions of those who look for that matter: they find the tools that have one of Same, and are not found by them. "lei seg"
	// asks for depression, but a tool that speaks of it may be about something else.
	For []string
}

// ErrOptions is what the errors of [Options.NewIndex] about the options wrap.
var ErrOptions = errors.New("catalogue: invalid Options")

func (o Options) check() error {
	if len(o.Synonyms) > MaxSynonyms {
		return fmt.Errorf("%w: field Synonyms has more than %d entries", ErrOptions, MaxSynonyms)
	}
	var faults []error
	for i, s := range o.Synonyms {
		if len(s.Same) == 0 {
			faults = append(faults, fmt.Errorf("field Synonyms[%d].Same is empty", i))
		}
		if len(s.Same)+len(s.For) > maxExpressions {
			faults = append(faults, fmt.Errorf("field Synonyms[%d] has more than %d expressions", i, maxExpressions))
		}
		for _, text := range slices.Concat(s.Same, s.For) {
			if !utf8.ValidString(text) || len(norwegian.Telling(norwegian.Words(text))) == 0 || utf8.RuneCountInString(text) > maxExpression {
				faults = append(faults, fmt.Errorf("field Synonyms[%d] has an expression without a telling word, or longer than %d characters", i, maxExpression))
				break
			}
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrOptions, errors.Join(faults...))
}

func (o Options) clone() Options {
	o.Synonyms = cloneEach(o.Synonyms, func(s Synonyms) Synonyms { return Synonyms{slices.Clone(s.Same), slices.Clone(s.For)} })
	return o
}

func (o Options) thesaurus() *norwegian.Thesaurus {
	list := make([]norwegian.Synonyms, len(o.Synonyms))
	for i, s := range o.Synonyms {
		list[i] = norwegian.Synonyms{Same: cloneEach(s.Same, plain.Replace), For: cloneEach(s.For, plain.Replace)}
	}
	return norwegian.Health().With(list)
}

// plain takes away what stands for a class of words in our own list, and would in a host's without a word about it.
var plain = strings.NewReplacer("{", " ", "}", " ")
