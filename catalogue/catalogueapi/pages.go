package catalogueapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// The limits of a list.
const (
	maxPages = 2_000
	maxTools = 200_000
	maxNotes = 1_000
)

// pages reads all pages, or gives none of them.
func (c *Client) pages(ctx context.Context, k call) (Tools, error) {
	k.status, k.most = []int{http.StatusOK}, maxPage
	if k.query == nil {
		k.query = url.Values{}
	}
	var all Tools
	next, seen := "", map[string]bool{}
	for range maxPages {
		page, err := c.page(ctx, k, next)
		if err != nil {
			return Tools{}, err
		}
		all.Tools = append(all.Tools, page.Tools...)
		all.Notes = append(all.Notes, page.Notes[:min(len(page.Notes), maxNotes-len(all.Notes))]...)
		switch {
		case page.Next == "":
			return k.complete(all, page.Total)
		case seen[page.Next], len(page.Tools) == 0, len(all.Tools) > maxTools:
			return Tools{}, k.unusable(http.StatusOK, "want pages that come to an end", nil)
		}
		seen[page.Next], next = true, page.Next
	}
	return Tools{}, k.unusable(http.StatusOK, "want at most 2000 pages; see Config.PageSize", nil)
}

func (c *Client) page(ctx context.Context, k call, next string) (Page, error) {
	query := url.Values{}
	for name, values := range k.query {
		query[name] = slices.Clone(values)
	}
	c.cfg.Wire.Page(query, next, c.cfg.PageSize)
	k.query = query
	body, err := c.send(ctx, k)
	if err != nil {
		return Page{}, err
	}
	page, err := c.cfg.Wire.Tools(body)
	if err == nil {
		err = whole(page.Tools...)
	}
	if err != nil {
		return Page{}, k.unusable(http.StatusOK, err.Error(), nil)
	}
	return page, nil
}

// complete makes sure that no tool came twice and none is missing.
func (k call) complete(all Tools, total int) (Tools, error) {
	seen := make(map[catalogue.ToolID]bool, len(all.Tools))
	for _, t := range all.Tools {
		seen[t.ID] = true
	}
	if len(seen) != len(all.Tools) || total >= 0 && len(all.Tools) != total {
		return Tools{}, &Error{Operation: k.op, Status: http.StatusOK, kind: ErrChanged}
	}
	return all, nil
}

// Snapshot is the whole catalogue at one moment.
type Snapshot struct {
	// Document holds the tools by id.
	Document catalogue.Document
	// Tag is the SHA-256 of the document as [catalogue.Marshal] writes it, in hexadecimal: equal catalogues have equal tags, whatever
	// the order in which the API lists them.
	Tag string
	// Notes say what could not be kept.
	Notes []Note
}

// Document reads the whole catalogue, whatever the tools' status. A catalogue without any tool is refused with [ErrAnswer]: it is taken
// for a mistake, so that a program that keeps a copy goes on with the tools that it has.
//
// The API is not known to have an ETag for a list, and one for each page would not cover them all: so everything is read each time, and
// Tag says whether it is new.
func (c *Client) Document(ctx context.Context) (Snapshot, error) {
	all, err := c.List(ctx, Filter{})
	if err != nil {
		return Snapshot{}, err
	}
	k := call{op: OpList}
	if len(all.Tools) == 0 {
		return Snapshot{}, k.unusable(http.StatusOK, "want a catalogue with tools", nil)
	}
	slices.SortFunc(all.Tools, func(a, b catalogue.Tool) int { return strings.Compare(string(a.ID), string(b.ID)) })
	d := catalogue.Document{Version: catalogue.DocumentVersion, Tools: all.Tools}
	data, err := catalogue.Marshal(d)
	if err != nil {
		return Snapshot{}, k.unusable(http.StatusOK, err.Error(), nil)
	}
	sum := sha256.Sum256(data)
	return Snapshot{Document: d, Tag: hex.EncodeToString(sum[:]), Notes: all.Notes}, nil
}
