"""Figures on directives: what each comes to by its stated rule, with how many of its parts told one."""
