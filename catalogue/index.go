package catalogue

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// Index answers questions about a set of tools. It never changes after it was made and may be used from many goroutines. Make one with
// [NewIndex]; the zero value has no tools.
type Index struct {
	tools   []Tool // by id
	at      map[ToolID]int
	called  map[Identifier]int
	ranks   ranks
	words   lexicon
	options Options
	seen    seen
	scratch sync.Pool // of sheets
	// columns hold what the facets are counted by.
	columns    [len(properties)]column
	generation lazy[string]
	phrases    lazy[*phrases]
	days       lazy[dayNumbers]
	// missing are those that Replace kept as withdrawn though nobody withdrew them.
	missing map[ToolID]bool
}

// NewIndex makes an index of a catalogue's tools. It keeps copies, so the caller may change its own afterwards. Tools that
// [Document.Check] finds fault with are refused with a [*DocumentError]; its pointers name the tools by their place in the slice, as in
// "/tools/3/id". No tools make an empty index.
func NewIndex(tools []Tool) (*Index, error) { return Options{}.NewIndex(tools) }

// NewIndex makes an index as the function of that name does, with these options. Those of [Index.With] on it have them too.
func (o Options) NewIndex(tools []Tool) (*Index, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	var own []Tool
	var meanwhile sync.WaitGroup
	meanwhile.Go(func() { own = cloneEach(tools, Tool.clone) })
	found := Document{Version: DocumentVersion, Tools: tools}.check()
	meanwhile.Wait()
	if len(found) > 0 {
		return nil, newDocumentError(found)
	}
	return build(own, o.clone()), nil
}

// build makes an index of tools that are checked and not shared.
func build(tools []Tool, o Options) *Index {
	slices.SortFunc(tools, func(a, b Tool) int { return strings.Compare(string(a.ID), string(b.ID)) })
	x := &Index{tools: tools, at: make(map[ToolID]int, len(tools)), called: called(tools), options: o}
	for i, t := range tools {
		x.at[t.ID] = i
	}
	var meanwhile sync.WaitGroup
	meanwhile.Go(func() { x.ranks, x.columns = newRanks(tools), newColumns(tools) })
	x.words = newLexicon(tools, o.thesaurus())
	meanwhile.Wait()
	return x
}

// Get gives the tool with this id, whatever its status: ids resolve for ever. The tool is the caller's own copy. Ask [Tool.CheckStart]
// before it is offered to anyone, and do not show a draft.
func (x *Index) Get(id ToolID) (Tool, bool) {
	i, known := x.at[id]
	if !known {
		return Tool{}, false
	}
	return x.tools[i].clone(), true
}

// Len is the number of tools of every status.
func (x *Index) Len() int { return len(x.tools) }

// Tools gives copies of the tools of every status, ordered by id.
func (x *Index) Tools() []Tool { return cloneEach(x.tools, Tool.clone) }

// With makes a new index in which t is added or takes the place of the tool with the same id. The old index stays as it is. A withdrawn
// tool cannot come back: any other status for it gives [ErrWithdrawn], unless it is one that [Index.Replace] kept. An identifier stays
// with the tool that had it, once the tool was more than a draft: a tool without it gives [ErrIdentifierLost]. A faulty tool, or one with
// an identifier of another tool, gives a [*DocumentError] in which t is "/tools/0". The time it takes grows with the catalogue; many
// changes at once are better made with [NewIndex].
func (x *Index) With(t Tool) (*Index, error) {
	d := Document{Version: DocumentVersion, Tools: []Tool{t}}
	if found := append(d.check(), x.taken(t)...); len(found) > 0 {
		return nil, newDocumentError(found)
	}
	tools := slices.Clone(x.tools)
	i, known := x.at[t.ID]
	switch {
	case !known:
		tools = append(tools, t.clone())
	case tools[i].Status == StatusWithdrawn && !x.missing[t.ID] && t.Status != StatusWithdrawn:
		return nil, ErrWithdrawn
	case t.loses(tools[i]):
		return nil, ErrIdentifierLost
	default:
		tools[i] = t.clone()
	}
	next := build(tools, x.options)
	next.missing = maps.Clone(x.missing)
	delete(next.missing, t.ID)
	return next, nil
}
