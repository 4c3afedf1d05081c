package main

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/no" // registers the analyser
	"github.com/blevesearch/bleve/v2/search/query"
	_ "modernc.org/sqlite" // registers the driver

	"github.com/verktoykatalog/verktoy/catalogue"
)

// engines are those that are compared. The first is this module.
var engines = []struct {
	name string
	open func([]catalogue.Tool) (finder, error)
}{
	{"verktoy", openOurs},
	{"bleve no", openBleve},
	{"SQLite FTS5", openFTS},
}

type ours struct{ x *catalogue.Index }

func openOurs(tools []catalogue.Tool) (finder, error) {
	x, err := catalogue.NewIndex(tools)
	return ours{x}, err
}

func (o ours) find(text string, lang catalogue.Lang, n int) ([]catalogue.ToolID, error) {
	return o.search(catalogue.Query{Text: text, Lang: lang, Limit: n})
}

func (o ours) search(q catalogue.Query) ([]catalogue.ToolID, error) {
	r, err := o.x.Search(q)
	var out []catalogue.ToolID
	for _, h := range r.Hits {
		out = append(out, h.ID)
	}
	return out, err
}

// columns are the texts of a tool in which the others search, with our weights of them.
var columns = []struct {
	name   string
	weight float64
	text   func(*catalogue.Tool) []string
}{
	{"name", 4, func(t *catalogue.Tool) []string { return everyLanguage(t.Name) }},
	{"keyword", 3, func(t *catalogue.Tool) []string {
		var out []string
		for _, words := range t.Keywords {
			out = append(out, words...)
		}
		slices.Sort(out)
		return out
	}},
	{"unit", 2, func(t *catalogue.Tool) []string {
		var out []string
		for _, u := range t.Units {
			out = append(append(out, everyLanguage(u.Title)...), everyLanguage(u.PatientText)...)
			for _, text := range u.Indications {
				out = append(out, everyLanguage(text)...)
			}
		}
		return out
	}},
	{"summary", 2, func(t *catalogue.Tool) []string { return everyLanguage(t.Summary) }},
	{"description", 1, func(t *catalogue.Tool) []string { return everyLanguage(t.Description) }},
}

func everyLanguage(text catalogue.Text) []string {
	var out []string
	for _, s := range text {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

type bleveIndex struct{ x bleve.Index }

// openBleve holds the tools in memory, every column by the Norwegian analyser.
func openBleve(tools []catalogue.Tool) (finder, error) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = "no"
	area := bleve.NewKeywordFieldMapping()
	m.DefaultMapping.AddFieldMappingsAt("area", area)
	x, err := bleve.NewMemOnly(m)
	if err != nil {
		return nil, err
	}
	batch := x.NewBatch()
	for i := range tools {
		t := &tools[i]
		if t.Status != catalogue.StatusListed {
			continue
		}
		doc := map[string]any{"area": areas(t)}
		for _, c := range columns {
			doc[c.name] = strings.Join(c.text(t), "\n")
		}
		if err := batch.Index(string(t.ID), doc); err != nil {
			return nil, err
		}
		if batch.Size() >= 1000 {
			if err := x.Batch(batch); err != nil {
				return nil, err
			}
			batch.Reset()
		}
	}
	return bleveIndex{x}, x.Batch(batch)
}

func areas(t *catalogue.Tool) []string {
	var out []string
	for _, a := range t.Areas {
		out = append(out, string(a))
	}
	return out
}

func (b bleveIndex) find(text string, _ catalogue.Lang, n int) ([]catalogue.ToolID, error) {
	return b.search(matchEach(func(field string, weight float64) query.Query {
		q := bleve.NewMatchQuery(text)
		q.SetField(field)
		q.SetBoost(weight)
		return q
	}), n)
}

func matchEach(one func(field string, weight float64) query.Query) query.Query {
	var each []query.Query
	for _, c := range columns {
		each = append(each, one(c.name, c.weight))
	}
	return bleve.NewDisjunctionQuery(each...)
}

func (b bleveIndex) search(q query.Query, n int) ([]catalogue.ToolID, error) {
	r, err := b.x.Search(bleve.NewSearchRequestOptions(q, n, 0, false))
	if err != nil {
		return nil, err
	}
	var out []catalogue.ToolID
	for _, h := range r.Hits {
		out = append(out, catalogue.ToolID(h.ID))
	}
	return out, nil
}

type ftsIndex struct{ db *sql.DB }

// openFTS holds the tools in a table in memory with SQLite's own ranking (bm25), weighed like ours.
func openFTS(tools []catalogue.Tool) (finder, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	var names, weights []string
	for _, c := range columns {
		names, weights = append(names, c.name), append(weights, fmt.Sprint(c.weight))
	}
	for _, statement := range []string{
		"create virtual table tool using fts5(id unindexed, area unindexed, " + strings.Join(names, ", ") + ", prefix='2 3 4')",
		"insert into tool(tool, rank) values('rank', 'bm25(0, 0, " + strings.Join(weights, ", ") + ")')",
		"begin",
	} {
		if _, err := db.Exec(statement); err != nil {
			return nil, err
		}
	}
	insert, err := db.Prepare("insert into tool values(?, ?" + strings.Repeat(", ?", len(columns)) + ")")
	if err != nil {
		return nil, err
	}
	for i := range tools {
		if t := &tools[i]; t.Status == catalogue.StatusListed {
			row := []any{t.ID, " " + strings.Join(areas(t), " ") + " "}
			for _, c := range columns {
				row = append(row, strings.Join(c.text(t), "\n"))
			}
			if _, err := insert.Exec(row...); err != nil {
				return nil, err
			}
		}
	}
	_, err = db.Exec("commit")
	return ftsIndex{db}, err
}

func (f ftsIndex) find(text string, _ catalogue.Lang, n int) ([]catalogue.ToolID, error) {
	return f.match(anyWord(text, ""), n)
}

// anyWord asks for tools that have one of the words.
func anyWord(text, suffix string) string {
	var words []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n\"'?!.,", r) }) {
		words = append(words, `"`+w+`"`+suffix)
	}
	return strings.Join(words, " OR ")
}

func (f ftsIndex) match(expression string, n int) ([]catalogue.ToolID, error) {
	return f.rows("select id from tool where tool match ? order by rank limit ?", expression, n)
}

func (f ftsIndex) rows(statement string, args ...any) ([]catalogue.ToolID, error) {
	rows, err := f.db.Query(statement, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []catalogue.ToolID
	for rows.Next() {
		var id catalogue.ToolID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}
