package main

import (
	"net/http"
	"slices"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// casePage is a case as those who decide see it.
type casePage struct {
	frame
	ID, Name string
	By       string // the vendor
	State    approval.CaseState
	Version  int64
	Basis    *approval.Decision
	Decision *approval.Decision
	Open     []answeredRequirement // what needs a look, and why
	Votes    []approval.Vote
	Quorum   int
	Aside    []approval.Conflict
	Forecast *approval.Decision // what the votes would come to
	NotYet   []trouble          // why they would come to nothing
	Asked    []approval.Waiver
	Waivers  []approval.Waiver
	Waivable []labelled
	// Returnable are what the vendor may be asked to look at again.
	Returnable []labelled
	Until      catalogue.Date
	Latest     catalogue.Date
	Dissent    []approval.Vote
	Outcomes   []approval.Outcome
	Interests  []approval.Interest
	Reasons    []approval.CaseReason
	Can        map[string]bool
	Recused    bool
	Member     bool
	Next       next
	Steps      []stateStep
	Listed     bool
	Tool       string
	History    history
	Signed     *signatureView
	Given      map[string]string // what was written in a form that was refused
	Notice     string
}

// Stops are what may be done to a case beside its usual way.
func (p casePage) Stops() []approval.CaseEvent {
	all := []approval.CaseEvent{approval.EventSuspend, approval.EventReopen, approval.EventWithdraw}
	return slices.DeleteFunc(all, func(e approval.CaseEvent) bool { return !p.Can[string(e)] })
}

func (s deskSite) kase(w http.ResponseWriter, r *http.Request) {
	f, found := s.submitted(w, r)
	if found {
		s.showCase(w, r, f, http.StatusOK, nil)
	}
}

// submitted finds a file that the panel may see.
func (s deskSite) submitted(w http.ResponseWriter, r *http.Request) (*file, bool) {
	f, found := s.opened(w, r)
	if found && f.life.ID == "" {
		s.problem(w, r, http.StatusNotFound, "not-submitted")
		return nil, false
	}
	return f, found
}

func (s deskSite) showCase(w http.ResponseWriter, r *http.Request, f *file, code int, refused []trouble) {
	page, err := s.casePage(r, f)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	page.Wrong = refused
	page.Given = map[string]string{}
	for name := range r.PostForm {
		page.Given[name] = r.PostForm.Get(name)
	}
	s.pages.show(w, r, code, "case.html", page)
}

func (s deskSite) casePage(r *http.Request, f *file) (*casePage, error) {
	who, _ := s.official(r)
	m, err := s.form(f, language(r))
	if err != nil {
		return nil, err
	}
	page := &casePage{frame: s.frame(r, "panel", f.name(language(r))), ID: f.id, Name: f.name(language(r)), By: f.declared.Vendor.Name, State: s.state(f), Version: f.life.Version,
		Basis: f.basis, Decision: f.decision, Votes: f.votes, Quorum: experts().Quorum, Aside: f.aside, Asked: f.asked, Waivers: f.waivers,
		Interests: approval.Interests(), Reasons: approval.CaseReasons(), Can: s.can(f, who), Recused: f.stoodAside(who.ID), Member: who.Role == approval.RolePanel,
		Next: s.next(f), Steps: s.steps(f), Listed: s.listed(f), Tool: string(f.life.Tool), History: s.history(r, f), Signed: s.signature(f), Notice: noticeKey(r),
		Outcomes: []approval.Outcome{approval.ApprovedWithTherapist, approval.ApprovedWithoutTherapist, approval.NeedsReview, approval.Rejected}}
	if f.decision != nil && f.decision.Panel != nil {
		page.Dissent = dissent(f.decision)
	}
	for _, requirement := range f.set.Requirements {
		if m.progress.applies(requirement) {
			page.Returnable = append(page.Returnable, labelled{requirement.ID + " " + requirement.Title.In(m.lang), requirement.ID})
		}
	}
	if f.basis != nil {
		s.fillReview(page, m, f)
	}
	return page, nil
}

// fillReview adds what there is while a panel looks at a case.
func (s deskSite) fillReview(page *casePage, m *form, f *file) {
	for _, r := range f.basis.Reasons {
		if slices.Contains([]approval.Result{approval.ResultNeedsPanel, approval.ResultNotMet, approval.ResultUnanswered, approval.ResultWaived, approval.ResultPlanned}, r.Result) {
			requirement, _ := f.set.Requirement(r.Requirement)
			page.Open = append(page.Open, m.one(f.declared, requirement, r))
		}
	}
	page.Votes = latest(f.votes)
	for _, id := range f.waivable() {
		requirement, _ := f.set.Requirement(id)
		page.Waivable = append(page.Waivable, labelled{id + " " + requirement.Title.In(m.lang), id})
	}
	page.Until, page.Latest = s.usualEnd(f), f.basis.LatestEnd(s.now())
	forecast, err := s.settled(f, page.Until)
	if page.Forecast = forecast; err != nil {
		page.NotYet = sentences(err, m.lang)
	}
	page.Next = s.nextVote(f, page)
}

// latest are the votes that count: of several of one member the last one.
func latest(votes []approval.Vote) []approval.Vote {
	var out []approval.Vote
	for i, v := range votes {
		again := slices.ContainsFunc(votes[i+1:], func(w approval.Vote) bool { return w.Member == v.Member })
		if !again {
			out = append(out, v)
		}
	}
	return out
}
