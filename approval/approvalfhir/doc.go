// Package approvalfhir shows a requirement set as a FHIR R4 Questionnaire, and turns the QuestionnaireResponse into a self-declaration.
//
// [Export] writes the form in Bokmål, Nynorsk and English; [Import] reads a response to it; [Response] writes a declaration as a response,
// for a vendor who goes on with one that was begun elsewhere.
//
// The caller must look at the losses of Export and at the notes of Import, and must check what Import gives with
// [approval.CheckDeclaration]: a form asks, it does not judge.
//
// # The form
//
// It follows what Helsenorge's editor and renderer do (helsenorge/structor and refero, as of 2026). One Questionnaire for each language in a
// Bundle of type searchset, with the same linkIds, types and conditions; the language stands in language and in meta.tag. One group
// about the declaration, one about the facts, one for each group of the set, and one for the documents.
//
//   - linkId: "fact.<id>"; "requirement.<id>" with "text.<id>", "status.<id>", "reason.<id>", "explanation.<id>", "comment.<id>", "due.<id>"
//     and "evidence.<id>"; "document", which repeats. "help.<id>" is a child of status with the item control help.
//   - type: a choice is choice, several are choice with repeats and one option more, [SystemNone]; yes or no is boolean; a number is integer
//     with minValue and maxValue.
//   - enableWhen: what [approval.Requirement.When] says, with "=", ">=" and "<" alone, and always with enableBehavior. Renderers do not agree on
//     "!=" where nothing is answered, nor on a missing enableBehavior. "Not" names the other choices instead. An item has one level of conditions;
//     what needs more stands in groups around it, each with its own ("when1.<id>"), at most [MostLevels] of all.
//   - A question is shown when the requirement applies, and hidden when it does not or nobody knows yet. What cannot be said so is shown
//     always, demands no answer, and is among the losses.
//   - required: what a submitted declaration needs. Evidence and whether it is enough are not demanded by the form.
//
// # The response
//
// status in-progress and stopped demand nothing; completed and amended demand what is required and shown. What is hidden counts as not
// answered: Import drops it and says so. Who answered, and where an inherited answer comes from, are extensions: [ExtensionAnswered],
// [ExtensionInherited]. A file is taken by its address; media types and sizes are those that Helsenorge takes.
//
// The resources are hl7.org/fhir/R4/questionnaire.html and questionnaireresponse.html. Helsenorge's profile of Questionnaire is not claimed in
// meta.profile: it asks for name and title, which are there; the rest of it was not checked.
//
// Before version 1 exported names may still change; changes are listed.
package approvalfhir
