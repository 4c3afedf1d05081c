package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

const demoTool = catalogue.ToolID("tryggere-steg")

// desk is where the vendor and those who decide meet. It works on the cases in
// memory, and keeps them in the demo's database where remember has said so; what is
// right and wrong, and what may be done, package approval says.
type desk struct {
	catalogue *catalogue.Live
	now       func() time.Time
	ledger    *approval.MemoryLedger
	clinician string // where the clinician searches
	key       vendorKey
	lasting   bool // there is a database that is there the next time

	mu    sync.Mutex // for all that follows; a request at the site holds it
	files []*file
	sets  map[string]*approval.RequirementSet

	db     *sql.DB        // nil: nothing is kept
	stored map[int]string // what lies in it, by place
}

func newDesk(live *catalogue.Live, now func() time.Time, clinician string) (*desk, error) {
	key, err := newVendorKey()
	return &desk{catalogue: live, now: now, ledger: approval.NewMemoryLedger(), clinician: clinician, key: key, sets: map[string]*approval.RequirementSet{}}, err
}

// file is one tool at the desk: what the vendor writes and has submitted, and what came of it.
type file struct {
	id  string
	set *approval.RequirementSet
	// draft is the declaration as the vendor writes it, listing the entry in the catalogue.
	draft, listing tree
	// strict says that the draft is to be judged as if it were submitted: the vendor has tried.
	strict bool

	// life is the zero Case until the first submission: the tool's id may change till then.
	life      approval.Case
	declared  *approval.SelfDeclaration
	signature string             // of what is declared, by the vendor
	basis     *approval.Decision // by the rules, what the panel looks at
	decision  *approval.Decision // the newest that was recorded
	votes     []approval.Vote
	aside     []approval.Conflict
	asked     []approval.Waiver // not granted yet
	waivers   []approval.Waiver
}

var errNoFile = errors.New("the desk has no such case")

func (d *desk) file(id string) (*file, error) {
	for _, f := range d.files {
		if f.id == id {
			return f, nil
		}
	}
	return nil, fmt.Errorf("%w: %q", errNoFile, id)
}

// add opens a file; its number is the case's.
func (d *desk) add(f *file) *file {
	f.id = fmt.Sprintf("case-%d", len(d.files)+1)
	d.files = append(d.files, f)
	return f
}

// requirements reads a released set once; it takes a moment.
func (d *desk) requirements(id string) (*approval.RequirementSet, error) {
	if set, found := d.sets[id]; found {
		return set, nil
	}
	set, err := requirement.Get(id)
	if err == nil {
		d.sets[id] = set
	}
	return set, err
}

// today is the day at the desk.
func (d *desk) today() catalogue.Date { return catalogue.DateOf(d.now()) }

// approve goes the whole way from the vendor's paper to a listed tool.
func (d *desk) approve(ctx context.Context) (catalogue.Tool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f, err := d.load(paperGood, demoTool)
	for _, step := range []func(context.Context, *file) error{d.hand, d.startReview, d.meet, d.settle, d.list} {
		if err == nil {
			err = step(ctx, f)
		}
	}
	if err != nil {
		return catalogue.Tool{}, err
	}
	tool, _ := d.catalogue.Get(demoTool)
	return tool, d.keep(ctx)
}
