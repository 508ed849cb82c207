"""Teach and judge the stance classifier. scikit-learn and scipy live here and nowhere else."""
